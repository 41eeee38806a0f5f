package com.convmerge.apply;

/** Everything that one run does at Intercom, behind the ledger. Its calls leave only while the run's permit lets them. */
public record Gate(
        Preflight preflight, SurvivorCheck survivors, RequestApplier requests, SurvivorNoteApplier survivorNotes) {}
