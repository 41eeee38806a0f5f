package com.convmerge.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Looks at a folder every few milliseconds, for as long as it is open and once more then, because a library makes files there in its own way. */
final class WatchedFolder implements AutoCloseable {
    private static final int MILLIS_BETWEEN_LOOKS = 5;

    private final ScheduledExecutorService looks;
    private final Runnable look;
    private final Runnable end;

    /**
     * @param look throws nothing
     * @param end what is to be done when it is closed
     */
    WatchedFolder(Runnable look, Runnable end) {
        this.look = look;
        this.end = end;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("watch-");
        threads.setDaemon(true);
        looks = Executors.newSingleThreadScheduledExecutor(threads);
        looks.scheduleWithFixedDelay(look, 0, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
        look.run();
        end.run();
    }
}
