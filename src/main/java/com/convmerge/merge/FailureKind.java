package com.convmerge.merge;

/** What a failed call means for the request that needed it. */
public enum FailureKind {
    /** No request can succeed, because the token, the plan or the admin is refused. The run stops and blames no request. */
    STOPS_THE_RUN("the run cannot go on", false),
    /** The conversation does not exist. Another try does not help. */
    NOT_FOUND("not found", false),
    /** Intercom refused the call. Nothing happened there, and another try does not help. */
    REFUSED("refused", false),
    /** Nothing happened at Intercom: there were too many calls, or no connection. It is to be tried again. */
    NOT_SENT("not sent", true),
    /** It may have happened: the answer is missing or says nothing about it. It must be looked up before it is sent again. */
    IN_DOUBT("in doubt", true);

    private final String label;
    private final boolean passing;

    FailureKind(String label, boolean passing) {
        this.label = label;
        this.passing = passing;
    }

    /** The phrase for messages and reports. */
    public String label() {
        return label;
    }

    /** Whether another try can help. */
    public boolean isPassing() {
        return passing;
    }
}
