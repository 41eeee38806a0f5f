package com.convmerge.intercom;

import com.convmerge.merge.Sleeper;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of this package together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntercomProperties.class)
public class IntercomConfiguration {
    /** As many as there may ever be calls at once, so that no connection is closed only to be opened again. */
    private static final int IDLE_CONNECTIONS = 256;

    @Bean
    RateLimitWindow rateBudget() {
        return new RateLimitWindow();
    }

    @Bean
    Intercom intercom(IntercomProperties properties, RateLimitWindow budget, Clock clock, Sleeper sleeper) {
        IntercomProperties checked = properties.checked();
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(checked.connectTimeout())
                .readTimeout(checked.callTimeout())
                .writeTimeout(checked.callTimeout())
                .callTimeout(checked.callTimeout())
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .build();
        RateLimiter turnstile = new RateLimiter(budget, clock, sleeper);
        IntercomHttpClient calls =
                new IntercomHttpClient(client, turnstile, budget, clock, sleeper, checked.tries(), checked.backoff());
        return new Intercom(new OkHttpIntercomClient(calls, checked.api(), checked.accessToken()), turnstile, client);
    }

    @Bean
    IntercomClient conversations(Intercom intercom) {
        return intercom.conversations();
    }

    @Bean
    ConversationLinks conversationLinks(IntercomProperties properties) {
        return new ConversationLinks(properties.linkOrDefault());
    }
}
