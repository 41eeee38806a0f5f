package com.convmerge.settings;

/** Intercom's access token, wrapped so that no log line, message or dump of settings can show it. */
public final class AccessToken {
    private final String value;

    public AccessToken(String value) {
        this.value = value;
    }

    boolean isMissing() {
        return value.isBlank();
    }

    public String authorization() {
        return "Bearer " + value.strip();
    }

    /** Whether a header can carry it: visible ASCII, as a line break or a quote copied along would not. */
    boolean isReadable() {
        return value.strip().chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return isMissing() ? "none" : "hidden";
    }
}
