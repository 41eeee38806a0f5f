package com.convmerge.importing;

import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.requests.RequestsConfiguration;
import com.convmerge.retries.RetriesConfiguration;
import com.convmerge.settings.SettingsConfiguration;
import com.convmerge.testing.Database;
import com.convmerge.testing.Parts;
import com.convmerge.testing.TestClock;

/** The imports of the program, for a workspace in the region US. */
final class ImportParts {
    private ImportParts() {}

    static Parts on(Database database, TestClock clock) {
        return Parts.on(
                database,
                clock,
                new String[] {"convmerge.intercom.region=us", "convmerge.intercom.base-url="},
                SettingsConfiguration.class,
                RequestsConfiguration.class,
                LedgerConfiguration.class,
                RetriesConfiguration.class,
                ImportingConfiguration.class);
    }
}
