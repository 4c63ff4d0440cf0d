package dev.gantry.authorization;

import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelSelector;

/** Which objects of a list, a watch or a deletion of many are asked for. */
public record Selection(FieldSelector fields, LabelSelector labels) {
    public static final Selection EVERYTHING =
            new Selection(FieldSelector.EVERYTHING, LabelSelector.EVERYTHING);

    public static Selection of(FieldSelector fields) {
        return new Selection(fields, LabelSelector.EVERYTHING);
    }
}
