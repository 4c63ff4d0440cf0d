package dev.gantry.state.kind.core.serviceaccount;

import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/serviceaccount}; its objects have no rules of their own. */
public final class ServiceAccountStrategy implements Strategy {
    @Override
    public void prepareForCreate(ObjectNode object) {
        keepOnlyNames(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        keepOnlyNames(updated);
    }

    private static void keepOnlyNames(ObjectNode account) {
        Defaults.each(account.path("secrets"), each -> each.retain(Set.of("name")));
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }
}
