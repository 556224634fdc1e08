/**
 * What the server speaks, told by itself: {@code /openapi} is a page that draws the OpenAPI documents, and {@code
 * /openapi/{file}} serves these and what the page loads. {@link dev.versicle.http.openapi.ApiDocument} lists the
 * documents, one for each door; they are written by hand, and tests hold them to the routes and to the answers. {@link
 * dev.versicle.http.openapi.Shelf} knows the few names that are served. The page loads nothing from anywhere else.
 */
@NullMarked
package dev.versicle.http.openapi;

import org.jspecify.annotations.NullMarked;
