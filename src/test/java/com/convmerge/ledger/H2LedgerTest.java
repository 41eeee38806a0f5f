package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class H2LedgerTest extends LedgerContract {
    H2LedgerTest() {
        super(Databases.h2());
    }
}
