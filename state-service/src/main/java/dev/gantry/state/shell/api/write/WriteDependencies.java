package dev.gantry.state.shell.api.write;

import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.request.BodyReading;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.webhook.WebhookConversions;
import java.util.function.Supplier;

/** What every write needs. */
public record WriteDependencies(
        StateLog log,
        Supplier<ResourceCatalog> catalog,
        BodyReading bodies,
        Rendering rendering,
        DecisionContexts contexts,
        ServiceLedger ledger,
        Registry registry,
        WebhookConversions conversions,
        Commits commits,
        Establishment establishment) {}
