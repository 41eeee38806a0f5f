package com.convmerge.sandbox;

/**
 * The API's answer to a call that it accepts.
 *
 * @param body what is written as JSON
 * @param effect whether the call has changed the workspace
 */
record Answer(Object body, boolean effect) {
    static Answer ok(Object body) {
        return new Answer(body, false);
    }

    static Answer changed(Object body) {
        return new Answer(body, true);
    }
}
