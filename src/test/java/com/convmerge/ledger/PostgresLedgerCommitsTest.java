package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class PostgresLedgerCommitsTest extends LedgerCommitsContract {
    PostgresLedgerCommitsTest() {
        super(Databases.postgres());
    }
}
