/**
 * The Tether door: {@code /api/prompts} as Tether's users know it. Three operations are the vendor's (save a version,
 * read it, edit what is said about it: seeds 000, 001 and 002); the others are ours, at the paths that its users
 * expect. The controllers read with {@link dev.versicle.http.tether.TetherJson}, call the heart, and write the records
 * of {@link dev.versicle.http.tether.TetherAnswers}; every refusal is worded by {@link
 * dev.versicle.http.tether.TetherErrors} as {@code {"error", "details"}}.
 *
 * <table>
 * <caption>What is spoken here</caption>
 * <tr><td>{@code POST /{promptId}/versions}</td><td>seed 000; {@code If-Match} is ours</td></tr>
 * <tr><td>{@code GET /{promptId}/versions/{versionId}}</td><td>seed 001; {@code ETag} and 304 are ours</td></tr>
 * <tr><td>{@code PATCH /{promptId}/versions/{versionId}}</td><td>seed 002; {@code If-Match} is ours</td></tr>
 * <tr><td>{@code GET /{promptId}/versions}, {@code POST /{promptId}/versions/{versionId}/restore}</td>
 *     <td>ours</td></tr>
 * <tr><td>{@code POST /create}, {@code GET /user}, {@code GET}, {@code PUT}, {@code DELETE /{promptId}}</td>
 *     <td>ours</td></tr>
 * </table>
 */
@NullMarked
package dev.versicle.http.tether;

import org.jspecify.annotations.NullMarked;
