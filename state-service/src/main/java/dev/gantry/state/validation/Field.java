package dev.gantry.state.validation;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.FieldError.Type;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * One field of an object under validation: its value, its path, and where its errors go.
 *
 * <p>Invariant: no more errors than a Refusal shows are noted, and what is wrong beyond them costs
 * nothing.
 *
 * <p>Compat: "empty" is Go's zero value (absent, null, empty text, empty list or map), "set" is a
 * pointer that is not nil.
 */
public record Field(JsonNode value, FieldPath where, List<FieldError> errors) {
    /** The whole object, of which {@code child("spec")} has the path {@code spec}. */
    public static Field root(JsonNode object, List<FieldError> errors) {
        return new Field(object, FieldPath.ROOT, errors);
    }

    public Field child(String name) {
        return new Field(value.path(name), where.child(name), errors);
    }

    /** The child under a path of several names. */
    public Field child(String name, String further) {
        return child(name).child(further);
    }

    /** The same value with errors reported at another path. */
    public Field at(String otherPath) {
        return new Field(value, FieldPath.of(otherPath), errors);
    }

    /** The same path with another value. */
    public Field with(JsonNode otherValue) {
        return new Field(otherValue, where, errors);
    }

    public Field index(int index) {
        return new Field(value.path(index), where.index(index), errors);
    }

    /** An entry of a map, written {@code path[key]}. */
    public Field key(String key) {
        return new Field(value.path(key), where.key(key), errors);
    }

    public List<Field> items() {
        List<Field> found = new ArrayList<>(value.isArray() ? value.size() : 0);
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            found.add(index(i));
        }
        return found;
    }

    /** The entries of a map by key, in order of the keys. */
    public SortedMap<String, Field> entries() {
        SortedMap<String, Field> found = new TreeMap<>();
        value.properties().forEach(each -> found.put(each.getKey(), key(each.getKey())));
        return found;
    }

    public String path() {
        return where.toString();
    }

    public boolean isSet() {
        return !value.isMissingNode() && !value.isNull();
    }

    public boolean isEmpty() {
        return !isSet()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.stringValue().isEmpty());
    }

    public boolean has(String name) {
        return value.hasNonNull(name);
    }

    public String text() {
        return value.isString() ? value.stringValue() : "";
    }

    public String text(String name) {
        return Resource.text(value, name);
    }

    public long number() {
        return value.isNumber() ? value.asLong(0) : 0;
    }

    public boolean isTrue() {
        return value.isBoolean() && value.booleanValue();
    }

    public List<String> texts() {
        List<String> found = new ArrayList<>();
        value.forEach(each -> found.add(each.asString("")));
        return found;
    }

    /** Empty where the field is absent or no quantity. */
    public Optional<Quantity> quantity() {
        return value.isString() || value.isNumber()
                ? Quantity.parse(value.asString(""))
                : Optional.empty();
    }

    public void required(String why) {
        report(() -> FieldError.required(path(), why));
    }

    public void invalid(String why) {
        invalid(value, why);
    }

    public void invalid(JsonNode shown, String why) {
        report(() -> FieldError.invalid(path(), GoText.of(shown), why));
    }

    /** {@code shown} as text, thus quoted. */
    public void invalidText(String shown, String why) {
        report(() -> FieldError.invalid(path(), GoText.quote(shown), why));
    }

    /**
     * A value of another type than it should be.
     *
     * @param found the type that it has
     */
    public void typeInvalid(String found, String why) {
        report(
                () ->
                        new FieldError(
                                Type.TYPE_INVALID,
                                path(),
                                "Invalid value: " + GoText.quote(found) + ": " + why));
    }

    /** {@code shown} as it is to be printed. */
    public void invalidAs(String shown, String why) {
        report(() -> FieldError.invalid(path(), shown, why));
    }

    /** With the number shown, zero where it is absent. */
    public void invalidNumber(String why) {
        invalidAs(Long.toString(number()), why);
    }

    /** With no value shown. */
    public void invalidWithoutValue(String why) {
        report(() -> new FieldError(Type.INVALID, path(), "Invalid value: " + why));
    }

    /** One error for each reason. */
    public void invalidFor(List<String> reasons) {
        reasons.forEach(this::invalid);
    }

    public void forbidden(String why) {
        report(() -> FieldError.forbidden(path(), why));
    }

    public void duplicate() {
        report(() -> FieldError.duplicate(path(), GoText.of(value)));
    }

    public void duplicateText(String shown) {
        report(() -> FieldError.duplicate(path(), GoText.quote(shown)));
    }

    /** {@code shown} as it is to be printed. */
    public void duplicateAs(String shown, String why) {
        report(
                () ->
                        new FieldError(
                                Type.DUPLICATE, path(), "Duplicate value: " + shown + ": " + why));
    }

    public void duplicateAs(String shown) {
        report(() -> FieldError.duplicate(path(), shown));
    }

    /** What a rule could not be applied for. */
    public void internal(String why) {
        report(() -> new FieldError(Type.INTERNAL, path(), "Internal error: " + why));
    }

    public void notFound() {
        report(() -> new FieldError(Type.NOT_FOUND, path(), "Not found: " + GoText.of(value)));
    }

    /** With the text shown, empty where it is absent. */
    public void notFoundText() {
        report(() -> new FieldError(Type.NOT_FOUND, path(), "Not found: " + GoText.quote(text())));
    }

    public void notFound(String shown, String why) {
        report(
                () ->
                        new FieldError(
                                Type.NOT_FOUND,
                                path(),
                                "Not found: " + GoText.quote(shown) + ": " + why));
    }

    public void notSupported(List<String> supported) {
        report(() -> FieldError.notSupported(path(), GoText.of(value), supported));
    }

    /** {@code shown} as it is to be printed. */
    public void notSupportedAs(String shown, List<String> supported) {
        report(() -> FieldError.notSupported(path(), shown, supported));
    }

    /** {@code shown} as text, thus quoted. */
    public void notSupportedText(String shown, List<String> supported) {
        report(() -> FieldError.notSupported(path(), GoText.quote(shown), supported));
    }

    public void tooLong(int maxBytes) {
        report(() -> FieldError.tooLong(path(), maxBytes));
    }

    public void tooMany(int found, int allowed) {
        report(
                () ->
                        new FieldError(
                                Type.TOO_MANY,
                                path(),
                                "Too many: %d: must have at most %d items"
                                        .formatted(found, allowed)));
    }

    /** An error unless the text is one of {@code supported}; required where it is empty. */
    public void oneOf(List<String> supported) {
        if (text().isEmpty()) {
            required("");
        } else if (!supported.contains(text())) {
            notSupported(supported);
        }
    }

    /** An error unless the value equals the stored one. */
    public void immutable(JsonNode stored) {
        if (Sameness.same(value, stored)) {
            return;
        }
        if (isSet() || stored.isString()) {
            invalid(Rules.IMMUTABLE);
        } else {
            invalidAs("null", Rules.IMMUTABLE);
        }
    }

    /** Compat: {@code ValidateNonnegativeField}. */
    public void nonNegative() {
        if (number() < 0) {
            invalid(Rules.NEGATIVE);
        }
    }

    private void report(Supplier<FieldError> error) {
        if (errors.size() < Refusal.Invalid.MOST_ERRORS) {
            errors.add(error.get());
        } else if (errors.size() == Refusal.Invalid.MOST_ERRORS) {
            errors.add(FieldError.andMore(path()));
        }
    }
}
