package com.convmerge.intercom;

import java.util.function.BooleanSupplier;

/** A permit that a test revokes, and grants for as long as the test says. At first it lets every call leave. */
final class TestPermit implements CallPermit {
    private volatile boolean revoked;
    private volatile BooleanSupplier granted = () -> true;

    void revoke() {
        revoked = true;
    }

    /** Asks {@code condition} each time whether a call may leave now. */
    void grantWhile(BooleanSupplier condition) {
        granted = condition;
    }

    @Override
    public boolean isRevoked() {
        return revoked;
    }

    @Override
    public boolean isGranted() {
        return granted.getAsBoolean();
    }
}
