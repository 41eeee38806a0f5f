package com.convmerge.ledger;

import com.convmerge.testing.Databases;

class H2LedgerTransitionsTest extends LedgerTransitionsContract {
    H2LedgerTransitionsTest() {
        super(Databases.h2());
    }
}
