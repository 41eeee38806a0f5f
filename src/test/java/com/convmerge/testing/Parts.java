package com.convmerge.testing;

import com.convmerge.database.FileWrites;
import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import java.time.Clock;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Assembles some classes of the program with Spring, on one database, as the program itself does. */
public final class Parts implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private Parts(Database database, TestClock clock, String[] settings, Class<?>... classes) {
        TestPropertyValues.of(settings).applyTo(context);
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(SteadyClock.class, clock::steady);
        context.registerBean(Sleeper.class, () -> new RecordingSleeper(clock));
        context.registerBean(JdbcClient.class, database::jdbc);
        context.registerBean(JdbcTemplate.class, database::batches);
        context.registerBean(PlatformTransactionManager.class, database::transactions);
        context.registerBean(FileWrites.class);
        context.register(classes);
        context.refresh();
    }

    /** @param classes configurations, or classes that Spring can construct from these parts */
    public static Parts on(Database database, TestClock clock, String[] settings, Class<?>... classes) {
        return new Parts(database, clock, settings, classes);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
