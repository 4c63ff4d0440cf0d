package dev.gantry.state.registry;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.chain.AdmissionChain;
import dev.gantry.state.admission.chain.StoredObjects;
import dev.gantry.state.admission.condition.Surroundings;
import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.allocation.AddressRecords;
import dev.gantry.state.authorization.Write;
import dev.gantry.state.authorization.WriteAuthorization;
import dev.gantry.state.authorization.WriteVerdict;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.log.Change;
import dev.gantry.state.quota.QuotaCharge;
import dev.gantry.state.quota.QuotaCharges;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what a command does to the object that is stored.
 *
 * @param view what else there is in the cluster: namespaces, and what admission asks for
 * @param admission what a request must pass
 * @param authorization judges what would be stored, when nothing changes it any more
 * @param quotas are charged last, and committed together with what they count
 */
public record Registry(
        View view,
        AdmissionChain admission,
        WriteAuthorization authorization,
        QuotaCharges quotas) {
    public Registry(View view, Supplier<ResourceCatalog> catalog) {
        this(view, catalog, AdmissionConfiguration.NONE);
    }

    public Registry(
            View view, Supplier<ResourceCatalog> catalog, AdmissionConfiguration configuration) {
        this(view, new WriteAuthorization(view, catalog), catalog, configuration);
    }

    private Registry(
            View view,
            WriteAuthorization authorization,
            Supplier<ResourceCatalog> catalog,
            AdmissionConfiguration configuration) {
        this(
                view,
                new AdmissionChain(
                        new Surroundings(view, authorization::judge), catalog, configuration),
                authorization,
                new QuotaCharges(view));
    }

    /**
     * @param stored the object under the command's key; empty where there is none. It is not
     *     changed.
     */
    public Decision decide(Command command, Optional<Resource> stored, DecisionContext context) {
        Decision decision = decided(command, stored, context);
        if (!(decision instanceof Decision.Commit decided)) {
            return decision;
        }
        Decision.Commit commit = decided.alongside(recorded(decided.change(), stored, context));
        Optional<Write> write = writeOf(command, commit.reply(), stored, context);
        return write.isEmpty() ? commit : judged(write.get(), commit, context);
    }

    /** What else says which addresses a Service has. */
    private List<Change> recorded(
            Change change, Optional<Resource> stored, DecisionContext context) {
        if (!change.key().resource().equals(Resources.SERVICES)) {
            return List.of();
        }
        var writer = new AddressRecords.Writer(context.actor(), context.uid(), context.now());
        return new AddressRecords(view).of(stored, change.object(), writer);
    }

    private Decision judged(Write write, Decision.Commit commit, DecisionContext context) {
        return switch (authorization.judge(write, context.request().verdicts())) {
            case WriteVerdict.Refused(var why) -> new Decision.Refuse(why);
            case WriteVerdict.Asking(var asked) -> new Decision.AskAuthorizers(asked);
            case WriteVerdict.Allowed _ ->
                    switch (quotas.of(write, context.now())) {
                        case QuotaCharge.Refused(var why) -> new Decision.Refuse(why);
                        case QuotaCharge.Taken(var charged) -> commit.alongside(charged);
                    };
        };
    }

    /** Empty where nothing is stored. */
    private static Optional<Write> writeOf(
            Command command, Resource wanted, Optional<Resource> stored, DecisionContext context) {
        return switch (command) {
            case Command.Create create ->
                    Optional.of(
                            new Write(
                                    context.caller(),
                                    "create",
                                    create.target().resource(),
                                    "",
                                    wanted,
                                    stored));
            case Command.Update update ->
                    Optional.of(
                            new Write(
                                    context.caller(),
                                    update.verb(),
                                    update.target().resource(),
                                    update.rules().subresource(),
                                    wanted,
                                    stored));
            case Command.Delete _, Command.Evict _, Command.Bind _, Command.Act _ ->
                    Optional.empty();
        };
    }

    private Decision decided(Command command, Optional<Resource> stored, DecisionContext context) {
        if (command instanceof Command.Create create) {
            Decision decision = new Creations(view, admission).decide(create, context);
            // Compat: a namesake stands only against what could be created without it.
            return stored.isPresent() && decision instanceof Decision.Commit
                    ? exists(create.target(), stored.get().name())
                    : decision;
        }
        if (command instanceof Command.Act act && act.operation() == Operation.CONNECT) {
            return admitted(act, stored, context, Decision.Unchanged::new);
        }
        if (stored.isEmpty()) {
            return new Decision.Refuse(command.target().missing());
        }
        Resource found = stored.get();
        return switch (command) {
            case Command.Create create -> exists(create.target(), found.name());
            case Command.Update update -> new Updates(admission).decide(update, found, context);
            case Command.Delete delete -> decideDelete(delete, found, context);
            case Command.Evict evict -> decideEvict(evict, found, context);
            case Command.Bind bind -> decideBind(bind, found, context);
            case Command.Act act -> admitted(act, stored, context, Decision.Unchanged::new);
        };
    }

    /** Whether the body of a write speaks of the object that the URL names. */
    public static Optional<Refusal> checkPlace(Target target, Resource object) {
        return ObjectMetaChecks.check(target, object);
    }

    /** The same of an object that a configuration makes where there was none. */
    public static Optional<Refusal> checkApplied(Target target, Resource object) {
        return ObjectMetaChecks.checkPatched(target, object);
    }

    private static Decision exists(Target target, String name) {
        return new Decision.Refuse(new Refusal.Exists(target.requested(), name));
    }

    /** Compat: an eviction is admitted as such, and not as the deletion that it is. */
    private Decision decideEvict(Command.Evict evict, Resource pod, DecisionContext context) {
        Target target = evict.target();
        return admitted(
                new Command.Act(target, "eviction", Operation.CREATE, evict.eviction()),
                Optional.of(pod),
                context,
                eviction ->
                        Evictions.decide(
                                Deletions.decide(target, optionsOf(eviction), pod, context),
                                pod,
                                new StoredObjects(view),
                                context));
    }

    private static DeletionOptions optionsOf(Resource eviction) {
        return DeletionOptions.of(eviction.tree().path("deleteOptions"));
    }

    private Decision decideBind(Command.Bind bind, Resource pod, DecisionContext context) {
        return admitted(
                new Command.Act(
                        bind.target(),
                        SubresourceRules.BINDING.subresource(),
                        Operation.CREATE,
                        bind.binding()),
                Optional.of(pod),
                context,
                binding ->
                        Decision.unless(
                                PodBinding.refusal(binding, pod),
                                () -> bound(bind, binding, pod, context)));
    }

    private Decision bound(
            Command.Bind bind, Resource binding, Resource pod, DecisionContext context) {
        ObjectNode placed = PodBinding.apply(binding, pod, context.now());
        return new Updates(admission)
                .decide(
                        new Command.Update(
                                bind.target(),
                                placed,
                                SubresourceRules.BINDING,
                                "create",
                                ManagedFieldsUpdate.UNCHANGED,
                                Allocation.NONE),
                        pod,
                        context);
    }

    private Decision admitted(
            Command.Act act,
            Optional<Resource> stored,
            DecisionContext context,
            Function<Resource, Decision> next) {
        if (act.operation() == Operation.CREATE) {
            nameAfter(act.target(), new Resource(act.body()).mutableMetadata());
        }
        AdmissionRequest request =
                new AdmissionRequest(
                        act.target().subject(act.subresource()),
                        act.operation(),
                        act.body(),
                        stored,
                        context.request());
        return Decision.after(admission.admit(request), () -> next.apply(request.resource()));
    }

    private static void nameAfter(Target target, ObjectNode metadata) {
        Defaults.text(metadata, "name", target.name());
        Defaults.text(metadata, "namespace", target.namespace());
    }

    /** Compat: what is refused anyway, or has happened already, is not shown to admission. */
    private Decision decideDelete(Command.Delete delete, Resource stored, DecisionContext context) {
        Target target = delete.target();
        Decision deletion = Deletions.decide(target, delete.options(), stored, context);
        return deletion instanceof Decision.Commit
                ? Decision.after(
                        admission.admit(
                                new AdmissionRequest(
                                        target.subject(""),
                                        Operation.DELETE,
                                        stored.tree(),
                                        Optional.of(stored),
                                        context.request())),
                        () -> deletion)
                : deletion;
    }
}
