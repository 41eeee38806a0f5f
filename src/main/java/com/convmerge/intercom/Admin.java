package com.convmerge.intercom;

import org.jspecify.annotations.Nullable;

/**
 * Who the token speaks for, and in which workspace.
 *
 * @param appIdCode the workspace's id, as in links to its inbox
 * @param email null if Intercom does not say, as are {@code name} and {@code appName}
 * @param region such as {@code US}; null if Intercom does not say
 */
public record Admin(
        String id,
        @Nullable String name,
        @Nullable String email,
        String appIdCode,
        @Nullable String appName,
        @Nullable String region) {}
