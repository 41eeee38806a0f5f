package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class H2LedgerCommitsTest extends LedgerCommitsContract {
    H2LedgerCommitsTest() {
        super(Databases.h2());
    }
}
