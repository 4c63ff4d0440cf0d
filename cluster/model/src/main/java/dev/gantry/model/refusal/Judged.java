package dev.gantry.model.refusal;

import java.util.Optional;
import java.util.function.Function;

/** What came of judging a request: a value to go on with, or why it is refused. */
public sealed interface Judged<T> {
    record Accepted<T>(T value) implements Judged<T> {}

    record Refused<T>(Refusal why) implements Judged<T> {}

    static <T> Judged<T> of(T value) {
        return new Accepted<>(value);
    }

    static <T> Judged<T> refused(Refusal why) {
        return new Refused<>(why);
    }

    /** The value where there is nothing against it. */
    static <T> Judged<T> unless(Optional<Refusal> refusal, T value) {
        return refusal.isPresent() ? refused(refusal.get()) : of(value);
    }

    static <T> Judged<T> present(Optional<T> value, Refusal otherwise) {
        return value.isPresent() ? of(value.get()) : refused(otherwise);
    }

    default <R> Judged<R> map(Function<T, R> next) {
        return switch (this) {
            case Accepted(var value) -> of(next.apply(value));
            case Refused(var why) -> refused(why);
        };
    }

    /** What the value is judged to by a further rule. */
    default <R> Judged<R> then(Function<T, Judged<R>> next) {
        return switch (this) {
            case Accepted(var value) -> next.apply(value);
            case Refused(var why) -> refused(why);
        };
    }
}
