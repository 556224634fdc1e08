/**
 * The Orkes Conductor door: prompts by name under {@code /api}, as Orkes' own SDKs ask for them. It shares {@code
 * /api/prompts} with the Tether door; who sends {@code X-Authorization} stands here. The controllers read with {@link
 * dev.versicle.http.orkes.OrkesPath}, {@link dev.versicle.http.orkes.OrkesQuery} and {@link
 * dev.versicle.http.orkes.OrkesJson}, call the heart by {@link dev.versicle.prompt.NamedPrompts}, and write the records
 * of {@link dev.versicle.http.orkes.OrkesAnswers}; every refusal is worded by {@link
 * dev.versicle.http.orkes.OrkesErrors}.
 *
 * <table>
 * <caption>What is spoken here</caption>
 * <tr><td>{@code POST /prompts/{name}}</td><td>seed 003</td></tr>
 * <tr><td>{@code PUT /prompts/{name}}, {@code POST /prompts}, {@code GET /prompts}, {@code GET}, {@code DELETE
 *     /prompts/{name}}, {@code GET /prompts/{name}/versions}, {@code DELETE /prompts/{name}/versions/{version}}, {@code
 *     GET}, {@code PUT}, {@code DELETE /prompts/{name}/tags}</td><td>the vendor's API and SDKs</td></tr>
 * <tr><td>{@code POST /token}, {@code GET /token/userInfo}</td><td>the vendor's API and SDKs</td></tr>
 * <tr><td>{@code POST /prompts/test}, {@code GET}, {@code POST}, {@code DELETE /integrations/provider/…}</td>
 *     <td>the vendor's API and SDKs, read with {@link dev.versicle.http.orkes.IntegrationJson} and written with {@link
 *     dev.versicle.http.orkes.IntegrationAnswers}</td></tr>
 * </table>
 */
@NullMarked
package dev.versicle.http.orkes;

import org.jspecify.annotations.NullMarked;
