package com.convmerge.merge;

/** What a failed call means for the request that needed it. */
public enum FailureKind {
    /** No request can succeed: the token, the plan or the admin is refused. Stops the run and blames no request. */
    STOPS_THE_RUN("the run cannot go on", false),
    /** The conversation is not there. Trying again will not help. */
    NOT_FOUND("not found", false),
    /** Intercom refused the call; nothing happened there, and trying again will not help. */
    REFUSED("refused", false),
    /** Nothing happened at Intercom: too many calls, or no connection. To be tried again. */
    NOT_SENT("not sent", true),
    /** It may have happened: no answer, or none that says so. To be looked up before it is sent again. */
    IN_DOUBT("in doubt", true);

    private final String words;
    private final boolean passing;

    FailureKind(String words, boolean passing) {
        this.words = words;
        this.passing = passing;
    }

    /** In an operator's words. */
    public String label() {
        return words;
    }

    /** Whether another try can help. */
    public boolean isPassing() {
        return passing;
    }
}
