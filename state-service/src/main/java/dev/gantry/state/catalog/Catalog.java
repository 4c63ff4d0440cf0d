package dev.gantry.state.catalog;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.CustomKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.configmap.ConfigMapStrategy;
import dev.gantry.state.strategy.custom.CustomStrategy;
import dev.gantry.state.strategy.namespace.NamespaceStrategy;
import dev.gantry.state.strategy.secret.SecretStrategy;
import dev.gantry.state.strategy.serviceaccount.ServiceAccountStrategy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which strategy is responsible for a kind. */
public final class Catalog {
    private static final Map<BuiltinKind, Strategy> BUILTIN = new EnumMap<>(BuiltinKind.class);

    static {
        for (BuiltinKind kind : BuiltinKind.values()) {
            BUILTIN.put(kind, made(kind));
        }
    }

    private Catalog() {}

    public static Strategy of(Kind kind) {
        return switch (kind) {
            case BuiltinKind builtin -> Objects.requireNonNull(BUILTIN.get(builtin));
            case CustomKind custom -> new CustomStrategy(custom);
        };
    }

    /** Invariant: no default here, so a new kind does not compile before it has a strategy. */
    private static Strategy made(BuiltinKind kind) {
        return switch (kind) {
            case NAMESPACE -> new NamespaceStrategy();
            case CONFIG_MAP -> new ConfigMapStrategy();
            case SECRET -> new SecretStrategy();
            case SERVICE_ACCOUNT -> new ServiceAccountStrategy();
            case POD ->
                    new PlainStrategy(
                            kind, true, Set.of("status", "ephemeralcontainers", "resize"));
            case NODE -> new PlainStrategy(kind, false, Set.of("status"));
            case SERVICE -> new PlainStrategy(kind, false, Set.of("status"));
            case REPLICA_SET, DEPLOYMENT ->
                    new PlainStrategy(kind, true, Set.of("status", "scale"));
            case ENDPOINT_SLICE -> new PlainStrategy(kind, true, Set.of());
            case ENDPOINTS,
                    EVENT,
                    CONTROLLER_REVISION,
                    LEASE,
                    ROLE,
                    ROLE_BINDING,
                    CLUSTER_ROLE,
                    CLUSTER_ROLE_BINDING,
                    PRIORITY_CLASS ->
                    new PlainStrategy(kind, false, Set.of());
        };
    }
}
