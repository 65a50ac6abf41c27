namespace MailFlowBot.Skills.Symptoms;

/// <summary>One thing recognised in a symptom text.</summary>
/// <param name="Kind">
/// Numbers: <c>smtp-reply</c>, <c>smtp-code</c>, <c>enhanced-code</c>, <c>ndr</c>, <c>event</c>, <c>source</c>, <c>build</c>,
/// <c>article</c>.
/// Names: <c>server</c>, <c>unknown-server</c>, <c>host</c>, <c>service</c>, <c>component</c>, <c>requester</c>, <c>cmdlet</c>,
/// <c>other-cmdlet</c>, <c>delivery-type</c>, <c>queue</c>, <c>diagnostic</c>, <c>throttle</c>, <c>version</c>, <c>update</c>,
/// <c>foreign</c>.
/// Output of a console or log: <c>component-state</c>, <c>service-state</c>, <c>service-health</c>, <c>queue-state</c>,
/// <c>queue-status</c>,
/// <c>copy-state</c>, <c>banner</c>, <c>ehlo</c>, <c>log-session</c>, <c>time</c>. Words: <c>phrase</c>. About the text as a
/// whole:
/// <c>absence</c>, <c>truncated</c> and <c>timed-out</c> (what lies there was not read, or not all of it).
/// </param>
/// <param name="Value">
/// Canonical, such as <c>421 4.3.2</c>, <c>MSExchangeTransport/7009</c>, <c>HubTransport=Inactive</c>.
/// </param>
/// <param name="Start">Offset in UTF-16 units into the text as it was given.</param>
/// <param name="Length">Length in UTF-16 units of the text as it was given.</param>
public sealed record Signal(string Kind, string Value, int Start, int Length);

/// <summary>A class that the text may speak of.</summary>
/// <param name="Class">A label of <see cref="SymptomClass"/>.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Because">The signals that count for it.</param>
public sealed record Candidate(string Class, double Score, IReadOnlyList<Signal> Because);
