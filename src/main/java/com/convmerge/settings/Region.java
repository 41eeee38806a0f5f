package com.convmerge.settings;

import java.net.URI;

/** Where Intercom keeps the workspace's data (developers.intercom.com, "Regional hosting"). */
enum Region {
    US("https://api.intercom.io", "https://app.intercom.com"),
    EU("https://api.eu.intercom.io", "https://app.eu.intercom.com"),
    AU("https://api.au.intercom.io", "https://app.au.intercom.com");

    private final URI api;
    private final String inbox;

    Region(String api, String inbox) {
        this.api = URI.create(api);
        this.inbox = inbox;
    }

    URI api() {
        return api;
    }

    /** No document gives the form of this link; it is the one in wide use. */
    String conversationLink() {
        return inbox + "/a/inbox/{app_id_code}/inbox/conversation/{id}";
    }
}
