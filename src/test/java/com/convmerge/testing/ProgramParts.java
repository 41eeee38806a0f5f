package com.convmerge.testing;

import com.convmerge.apply.ApplyConfiguration;
import com.convmerge.batch.BatchConfiguration;
import com.convmerge.database.DatabaseConfiguration;
import com.convmerge.importing.ImportingConfiguration;
import com.convmerge.intercom.IntercomConfiguration;
import com.convmerge.ledger.LedgerConfiguration;
import com.convmerge.preview.PreviewConfiguration;
import com.convmerge.report.ReportConfiguration;
import com.convmerge.requests.RequestsConfiguration;
import com.convmerge.retries.RetriesConfiguration;
import com.convmerge.run.LaunchConfiguration;
import com.convmerge.run.RunConfiguration;
import com.convmerge.settings.SettingsConfiguration;
import com.convmerge.undo.UndoConfiguration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The same configuration classes as {@code cli.ContextFactory} uses; {@link BatchFixture} supplies the clock and the sleeper. */
@Configuration(proxyBeanMethods = false)
@Import({
    SettingsConfiguration.class,
    DatabaseConfiguration.class,
    RequestsConfiguration.class,
    ImportingConfiguration.class,
    LedgerConfiguration.class,
    RetriesConfiguration.class,
    UndoConfiguration.class,
    ReportConfiguration.class,
    RunConfiguration.class,
    IntercomConfiguration.class,
    ApplyConfiguration.class,
    BatchConfiguration.class,
    LaunchConfiguration.class,
    PreviewConfiguration.class
})
class ProgramParts {
    @Bean
    ZoneId zone() {
        return ZoneOffset.UTC;
    }
}
