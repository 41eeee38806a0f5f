package com.convmerge.report;

import com.convmerge.ledger.LedgerHistory;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the report together. */
@Configuration(proxyBeanMethods = false)
public class ReportConfiguration {
    @Bean
    RunReports runReports(JdbcClient jdbc) {
        return new RunReports(jdbc);
    }

    @Bean
    RunReportText runReportText(ZoneId zone) {
        return new RunReportText(zone);
    }

    @Bean
    RequestHistory requestHistory(RunReports reports, LedgerHistory ledger, RunReportText text) {
        return new RequestHistory(reports, ledger, text);
    }

    @Bean
    ReportFiles reportFiles(
            RunReports reports, RunReportText text, @Value("${convmerge.report.directory}") Path directory) {
        return new ReportFiles(reports, text, directory);
    }
}
