package com.convmerge.requests;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides what reads and changes the requests. */
@Configuration(proxyBeanMethods = false)
@Import({
    Requests.class,
    PendingRequests.class,
    StreamingQuery.class,
    MergedPairs.class,
    SurvivorPlanner.class,
    PlanWriter.class,
    NewRequests.class,
    Imports.class,
    CheckedSurvivors.class,
    SnoozedSurvivors.class,
    SurvivorNotes.class,
    MergedRequests.class,
    WorkspaceBinding.class
})
public class RequestsConfiguration {}
