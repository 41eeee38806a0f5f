package com.convmerge.report;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the reports. */
@Configuration(proxyBeanMethods = false)
@Import({
    RunReports.class,
    RunRecords.class,
    RunRecorder.class,
    RequestReports.class,
    RunReportText.class,
    RequestHistory.class,
    ConversationRequests.class,
    InboxLinks.class,
    RequestLines.class,
    ReportFiles.class
})
public class ReportConfiguration {}
