package com.convmerge.report;

/** A request that was merged by Intercom's own merge, which nothing can take back. Its ids are as they stand in the table. */
record FinalMerge(long requestId, String duplicate, String survivor) {}
