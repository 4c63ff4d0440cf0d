/** VolumeAttachments: that a volume shall be attached to a node. */
@NullMarked
package dev.gantry.state.kind.storage.volumeattachment;

import org.jspecify.annotations.NullMarked;
