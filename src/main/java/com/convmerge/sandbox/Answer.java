package com.convmerge.sandbox;

import tools.jackson.databind.node.ObjectNode;

/**
 * What the API says to a call, before limits and faults: status, JSON body, and whether the workspace was changed.
 */
record Answer(int status, ObjectNode body, boolean effect) {

    static Answer ok(ObjectNode body) {
        return new Answer(200, body, false);
    }

    static Answer changed(ObjectNode body) {
        return new Answer(200, body, true);
    }
}
