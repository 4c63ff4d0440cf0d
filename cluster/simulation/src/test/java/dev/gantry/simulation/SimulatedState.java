package dev.gantry.simulation;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.ingest.BindingDecider;
import dev.gantry.state.ingest.StatusDecider;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.Change;
import dev.gantry.state.registry.Allocation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Decision;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.ManagedFieldsUpdate;
import dev.gantry.state.registry.Names;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** The state service in one thread: the real registry, the real intake, and a log in memory. */
final class SimulatedState {
    static final GroupResource PODS = Resources.PODS;
    static final GroupResource NODES = Resources.NODES;
    private static final Caller CALLER = Caller.system("simulation");

    /** The API says no. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(Refusal why) {
            super(why.message());
        }
    }

    private final SimulatedLog log;
    private final Registry registry;
    private final Map<Uid, Long> sequences = new HashMap<>();
    private final Invariants invariants;
    private long requests;
    private Instant now;
    private Duration error = Duration.ZERO;

    SimulatedState(Instant start, Invariants invariants) {
        this.now = start;
        this.invariants = invariants;
        this.log = new SimulatedLog(this::committed);
        this.registry = new Registry(new View.Live(log), () -> BuiltinKinds.CATALOG);
        create(Resources.NAMESPACES, DeviceObjects.object("{'metadata':{'name':'default'}}"));
        create(
                Resources.SERVICE_ACCOUNTS,
                DeviceObjects.object("{'metadata':{'name':'default','namespace':'default'}}"));
    }

    private void committed(SimulatedLog.Entry entry) {
        entry.after().ifPresent(after -> invariants.stored(entry.before(), after, this));
    }

    void tick(Instant time) {
        now = time.plus(error);
    }

    /** Somebody sets the clock, so that it is wrong by this much. */
    void setClockBy(Duration wrong) {
        error = wrong;
    }

    long revision() {
        return log.revision().value();
    }

    List<SimulatedLog.Entry> log(GroupResource resource) {
        return log.entries(resource);
    }

    Optional<Resource> get(ObjectKey key) {
        return log.find(key);
    }

    List<Resource> list(GroupResource resource) {
        return log.all(resource);
    }

    /** What now stands, where the action leaves something. */
    Optional<Resource> perform(Action action) {
        switch (action) {
            case Action.Create create -> {
                return Optional.of(create(create.resource(), create.object()));
            }
            case Action.Update update -> {
                return Optional.of(update(update.resource(), update.object()));
            }
            case Action.PutStatus put -> {
                return Optional.of(putStatus(put.resource(), put.object()));
            }
            case Action.Delete delete ->
                    delete(delete.key(), delete.uid(), delete.propagation().wire());
            case Action.Remove remove -> remove(remove.key(), remove.uid());
            case Action.Approve _,
                    Action.PatchMetadata _,
                    Action.PutScale _,
                    Action.DeletePath _,
                    Action.DeleteAll _,
                    Action.Finalize _,
                    Action.RecordEvent _ -> {}
        }
        return Optional.empty();
    }

    Resource create(GroupResource resource, Resource object) {
        DecisionContext context = context();
        Target target = target(object.key(resource)).named(Names.of(object, context.seed()));
        ObjectNode tree = object.copy().tree();
        tree.put("apiVersion", target.kind().apiVersion()).put("kind", target.kind().kindName());
        return performed(
                new Command.Create(target, tree, ManagedFieldsUpdate.UNCHANGED, Allocation.NONE),
                context);
    }

    /** One that may take pods: nobody need find out first that it is ready. */
    void createReadyNode(String name) {
        Resource node = create(NODES, SimulatedNode.object(name)).copy();
        ((ObjectNode) node.spec()).remove("taints");
        update(NODES, node);
    }

    Resource update(GroupResource resource, Resource object) {
        Target target = target(object.key(resource));
        return update(target, SubresourceRules.whole(target.strategy()), object);
    }

    Resource putStatus(GroupResource resource, Resource object) {
        Target target = target(object.key(resource));
        var status = (Subresource.Stored) target.definition().subresource("status").orElseThrow();
        return update(target, status.rules(), object);
    }

    void delete(ObjectKey key, Uid uid, String propagation) {
        delete(
                key,
                new DeletionOptions(
                        OptionalLong.empty(), Optional.empty(), propagation, uid.value(), ""));
    }

    private void remove(ObjectKey key, Uid uid) {
        delete(key, new DeletionOptions(OptionalLong.of(0), Optional.empty(), "", uid.value(), ""));
    }

    private void delete(ObjectKey key, DeletionOptions options) {
        if (log.get(key).isPresent()) {
            performed(new Command.Delete(target(key), options), context());
        }
    }

    /** It is gone, whatever would be in the way of that. */
    void drop(ObjectKey key) {
        log.get(key)
                .map(each -> new Change(key, each.revision(), Optional.empty(), "nobody", now))
                .ifPresent(each -> log.commit(List.of(each)));
    }

    /** Returns why the binding was refused; empty where it was not. */
    Optional<String> take(Binding binding) {
        Verdict verdict = BindingDecider.decide(binding, log::get, now);
        if (verdict instanceof Verdict.Reject reject) {
            return Optional.of(reject.why());
        }
        commit(verdict);
        if (verdict instanceof Verdict.Commit) {
            invariants.committed(binding, this);
        }
        return Optional.empty();
    }

    void take(PodStatusReport report) {
        ObjectKey key = new ObjectKey(PODS, report.namespace(), report.name());
        long last = sequences.getOrDefault(report.uid(), 0L);
        Verdict verdict = StatusDecider.decide(report, log.get(key), last, now);
        if (verdict instanceof Verdict.Commit commit) {
            sequences.put(report.uid(), commit.reportSequence());
        }
        commit(verdict);
    }

    private void commit(Verdict verdict) {
        if (verdict instanceof Verdict.Commit commit) {
            log.commit(
                    commit.group().stream()
                            .filter(each -> !each.key().resource().equals(Resources.EVENTS))
                            .toList());
        }
    }

    private Resource update(Target target, SubresourceRules rules, Resource object) {
        ObjectNode tree = object.copy().tree();
        return performed(
                new Command.Update(
                        target,
                        tree,
                        rules,
                        "update",
                        ManagedFieldsUpdate.UNCHANGED,
                        Allocation.NONE),
                context());
    }

    private Resource performed(Command command, DecisionContext context) {
        ObjectKey key = command.target().key();
        return switch (registry.decide(command, get(key), context)) {
            case Decision.Refuse(var why) -> throw new Refused(why);
            case Decision.Unchanged(var reply) -> reply;
            case Decision.Ask _ -> throw new IllegalStateException("there are no webhooks");
            case Decision.AskAuthorizers _ ->
                    throw new IllegalStateException("there are no other authorizers");
            case Decision.Commit commit -> {
                log.commit(commit.group());
                yield get(key).orElse(commit.reply());
            }
        };
    }

    private static Target target(ObjectKey key) {
        return Target.stored(BuiltinKinds.CATALOG.definition(key.resource()).orElseThrow(), key);
    }

    private DecisionContext context() {
        long number = ++requests;
        return new DecisionContext(
                now, RequestContext.of(CALLER, "uid-" + number, number * 7919, WriteOptions.NONE));
    }
}
