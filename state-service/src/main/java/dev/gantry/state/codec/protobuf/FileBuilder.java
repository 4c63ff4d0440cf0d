package dev.gantry.state.codec.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.gantry.model.fault.Bug;
import io.kubernetes.client.proto.Meta;

/** Describes messages that the published Java messages lack, by names and numbers. */
final class FileBuilder {
    private static final String META = "." + Meta.getDescriptor().getPackage() + ".";

    private final FileDescriptorProto.Builder file;

    /**
     * @param name of the file, in which nobody looks
     */
    FileBuilder(String name, String itsPackage) {
        this.file =
                FileDescriptorProto.newBuilder()
                        .setName(name)
                        .setPackage(itsPackage)
                        .addDependency(Meta.getDescriptor().getName());
    }

    FileBuilder message(String name, FieldDescriptorProto.Builder... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (FieldDescriptorProto.Builder each : fields) {
            message.addField(each);
        }
        file.addMessageType(message);
        return this;
    }

    /** An object with the metadata that all have, and its list. */
    FileBuilder object(String name, FieldDescriptorProto.Builder... fields) {
        FieldDescriptorProto.Builder[] all = new FieldDescriptorProto.Builder[fields.length + 1];
        all[0] = meta(1, "metadata", "ObjectMeta");
        System.arraycopy(fields, 0, all, 1, fields.length);
        return message(name, all)
                .message(
                        name + "List",
                        meta(1, "metadata", "ListMeta"),
                        repeated(own(2, "items", name)));
    }

    /** A field of a message of this file. */
    FieldDescriptorProto.Builder own(int number, String name, String message) {
        return scalar(number, name, Type.TYPE_MESSAGE)
                .setTypeName("." + file.getPackage() + "." + message);
    }

    /** A field of a message that objects of all kinds have. */
    static FieldDescriptorProto.Builder meta(int number, String name, String message) {
        return scalar(number, name, Type.TYPE_MESSAGE).setTypeName(META + message);
    }

    static FieldDescriptorProto.Builder text(int number, String name) {
        return scalar(number, name, Type.TYPE_STRING);
    }

    static FieldDescriptorProto.Builder number(int number, String name) {
        return scalar(number, name, Type.TYPE_INT32);
    }

    static FieldDescriptorProto.Builder scalar(int number, String name, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setNumber(number)
                .setName(name)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    static FieldDescriptorProto.Builder repeated(FieldDescriptorProto.Builder field) {
        return field.setLabel(Label.LABEL_REPEATED);
    }

    FileDescriptor build() {
        try {
            return FileDescriptor.buildFrom(
                    file.build(), new FileDescriptor[] {Meta.getDescriptor()});
        } catch (DescriptorValidationException invalid) {
            throw new Bug("the messages do not fit together: " + invalid);
        }
    }
}
