/** VolumeAttributesClasses: properties of volumes that may change. */
@NullMarked
package dev.gantry.state.kind.storage.volumeattributesclass;

import org.jspecify.annotations.NullMarked;
