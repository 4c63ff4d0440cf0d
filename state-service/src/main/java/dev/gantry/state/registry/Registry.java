package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.authorization.Write;
import dev.gantry.state.authorization.WriteAuthorization;
import dev.gantry.state.view.View;
import java.util.Optional;

/**
 * Decides what a command does to the object that is stored.
 *
 * @param view what else there is in the cluster: namespaces, and what admission asks for
 * @param authorization judges what would be stored, when nothing changes it any more
 */
public record Registry(View view, WriteAuthorization authorization) {
    public Registry(View view) {
        this(view, new WriteAuthorization(view));
    }

    /**
     * @param stored the object under the command's key; empty where there is none. It is not
     *     changed.
     */
    public Decision decide(Command command, Optional<Resource> stored, Moment moment) {
        Decision decision = decided(command, stored, moment);
        return decision instanceof Decision.Commit commit
                ? writeOf(command, commit.reply(), stored, moment)
                        .flatMap(authorization::refusal)
                        .<Decision>map(Decision.Refuse::new)
                        .orElse(commit)
                : decision;
    }

    /** Empty where nothing is stored. */
    private static Optional<Write> writeOf(
            Command command, Resource wanted, Optional<Resource> stored, Moment moment) {
        return switch (command) {
            case Command.Create create ->
                    Optional.of(
                            new Write(
                                    moment.caller(),
                                    "create",
                                    create.target().resource(),
                                    "",
                                    wanted,
                                    stored));
            case Command.Update update ->
                    Optional.of(
                            new Write(
                                    moment.caller(),
                                    update.verb(),
                                    update.target().resource(),
                                    update.part().subresource(),
                                    wanted,
                                    stored));
            case Command.Delete _, Command.Evict _ -> Optional.empty();
        };
    }

    private Decision decided(Command command, Optional<Resource> stored, Moment moment) {
        if (command instanceof Command.Create create) {
            return stored.isPresent()
                    ? exists(create.target(), stored.get().name())
                    : Creations.decide(create, view, moment);
        }
        if (stored.isEmpty()) {
            Target target = command.target();
            return new Decision.Refuse(new Refusal.Missing(target.requested(), target.name()));
        }
        return switch (command) {
            case Command.Create create -> exists(create.target(), stored.get().name());
            case Command.Update update -> Updates.decide(update, stored.get(), view, moment);
            case Command.Delete delete -> decideDelete(delete, stored.get(), moment);
            case Command.Evict evict -> decideEvict(evict, stored.get(), moment);
        };
    }

    /** Whether the body of a write speaks of the object that the URL names. */
    public static Optional<Refusal> checkPlace(Target target, Resource object) {
        return Places.check(target, object);
    }

    public static Decision exists(Target target, String name) {
        return new Decision.Refuse(new Refusal.Exists(target.requested(), name));
    }

    private Decision decideEvict(Command.Evict evict, Resource pod, Moment moment) {
        Decision deletion =
                decideDelete(new Command.Delete(evict.target(), evict.options()), pod, moment);
        return Evictions.decide(deletion, pod, new Seen(view), moment);
    }

    private Decision decideDelete(Command.Delete delete, Resource stored, Moment moment) {
        AdmissionRequest request =
                new AdmissionRequest(
                        delete.target().kind(),
                        AdmissionRequest.Operation.DELETE,
                        "",
                        stored.tree(),
                        Optional.of(stored),
                        moment.caller(),
                        moment.seed());
        Optional<Refusal> refusal = Admission.admit(request, new Seen(view));
        return refusal.isPresent()
                ? new Decision.Refuse(refusal.get())
                : Deletions.decide(delete.target(), delete.options(), stored, moment);
    }
}
