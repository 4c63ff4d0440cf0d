package dev.gantry.agent.shell.kafka;

import java.io.IOException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Kafka's own TLS, made anew when the files that it was read from have changed. By itself Kafka
 * looks after that in brokers only: a client would show its first certificate until it is refused.
 */
public final class CurrentSslEngines implements SslEngineFactory {
    private Map<String, Object> configs = Map.of();
    private DefaultSslEngineFactory engines = new DefaultSslEngineFactory();

    @Override
    public synchronized void configure(Map<String, ?> given) {
        configs = new HashMap<>(given);
        engines.configure(configs);
    }

    @Override
    public synchronized SSLEngine createClientSslEngine(
            String host, int port, String identification) {
        if (engines.shouldBeRebuilt(configs)) {
            var fresh = new DefaultSslEngineFactory();
            fresh.configure(configs);
            engines = fresh;
        }
        return engines.createClientSslEngine(host, port, identification);
    }

    @Override
    public synchronized SSLEngine createServerSslEngine(String host, int port) {
        return engines.createServerSslEngine(host, port);
    }

    @Override
    public synchronized boolean shouldBeRebuilt(Map<String, Object> next) {
        return engines.shouldBeRebuilt(next);
    }

    @Override
    public synchronized Set<String> reconfigurableConfigs() {
        return engines.reconfigurableConfigs();
    }

    @Override
    public synchronized KeyStore keystore() {
        return engines.keystore();
    }

    @Override
    public synchronized KeyStore truststore() {
        return engines.truststore();
    }

    @Override
    public synchronized void close() throws IOException {
        engines.close();
    }
}
