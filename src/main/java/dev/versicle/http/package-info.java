/**
 * What the doors share. A request enters through {@link dev.versicle.http.RequestIds}, which gives it an id, and leaves
 * through {@link dev.versicle.http.Requests}, which logs it. A controller reads its body with {@link
 * dev.versicle.http.JsonBody} and its preconditions with {@link dev.versicle.http.ETags}; and whatever goes wrong, in
 * the heart or in the framework, comes to the {@link dev.versicle.http.ErrorDesk}, which answers in the words of the
 * controller's {@link dev.versicle.http.Dialect}. A controller says which one by {@link dev.versicle.http.Speaks}.
 *
 * <p>What may take long is counted by {@link dev.versicle.http.Turns} and streamed through a {@link
 * dev.versicle.http.Pipe}; what may outlast its token asks {@link dev.versicle.http.Admission}.
 *
 * <p>No door is imported here: a new one brings its own dialect as a bean, and nothing in this room changes. Only doors
 * that share paths are named, in {@link dev.versicle.http.SharedPath}, since a request must stand at one of them; the
 * {@link dev.versicle.http.Doorkeeper} holds it.
 */
@NullMarked
package dev.versicle.http;

import org.jspecify.annotations.NullMarked;
