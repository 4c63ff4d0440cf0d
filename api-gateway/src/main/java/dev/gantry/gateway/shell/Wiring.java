package dev.gantry.gateway.shell;

import dev.gantry.gateway.shell.authority.Authority;
import dev.gantry.gateway.shell.authority.PolicyStore;
import dev.gantry.gateway.shell.http.Authenticator;
import dev.gantry.gateway.shell.http.FrontDoor;
import dev.gantry.gateway.shell.http.Gate;
import dev.gantry.gateway.shell.http.Listener;
import dev.gantry.gateway.shell.tls.ClientCertificates;
import dev.gantry.gateway.shell.tls.Pki;
import dev.gantry.gateway.shell.tls.ServerTls;
import dev.gantry.model.exchange.ApiBackend;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Every object of the gateway, constructed by hand. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    Settings settings(Environment environment) {
        return Settings.of(environment);
    }

    @Bean
    Pki pki(Settings settings) {
        return new Pki(settings.pki());
    }

    @Bean
    ExecutorService workers() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    }

    @Bean
    PolicyStore policyStore() {
        return new PolicyStore();
    }

    @Bean
    Authority authority(PolicyStore policies) {
        return new Authority(policies);
    }

    @Bean
    Authenticator authenticator(Pki pki) {
        return new Authenticator(new ClientCertificates(pki.authority()), Clock.systemUTC());
    }

    @Bean
    FrontDoor frontDoor(
            Authenticator authenticator,
            Authority authority,
            InProcess inProcess,
            ExecutorService workers) {
        ApiBackend backend = inProcess.backend().orElseThrow();
        return new FrontDoor(
                new Gate(authenticator, authority, backend),
                (_, _, response) -> response.sendNotFound(),
                workers);
    }

    @Bean(initMethod = "open")
    Listener listener(Settings settings, Pki pki, FrontDoor door) {
        List<InetSocketAddress> addresses =
                settings.addresses().isEmpty()
                        ? List.of(new InetSocketAddress(settings.port()))
                        : settings.addresses().stream()
                                .map(each -> new InetSocketAddress(each, settings.port()))
                                .toList();
        return new Listener(addresses, ServerTls.context(pki), door);
    }
}
