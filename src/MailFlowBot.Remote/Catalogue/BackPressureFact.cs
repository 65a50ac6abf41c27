namespace MailFlowBot.Remote.Catalogue;

/// <summary>Use of a resource as transport itself judges it. Unknown is never taken for Low.</summary>
public enum ResourceUse { Unknown, Low, Medium, High }

/// <summary>One ResourceMeter of transport's ResourceThrottling diagnostics.</summary>
/// <param name="Resource">Such as UsedDiskSpace, PrivateBytes, SystemMemory, UsedVersionBuckets, DatabaseUsedSpace, SubmissionQueue.</param>
/// <param name="Instance">The folder or file in square brackets behind the name; null when there is none.</param>
/// <param name="Pressure">In the unit of the resource, mostly percent; null when not told.</param>
/// <param name="ToHigh">The server's own threshold from Medium to High; null when not told.</param>
/// <param name="FromMedium">The server's own threshold from Medium back to Low; null when not told.</param>
public sealed record ResourceMeter(
    string Resource, string? Instance, ResourceUse Use, ResourceUse Previous, long? Pressure, long? ToHigh, long? FromMedium);

/// <summary>Back pressure of a transport server. Paths: <c>RESOURCE/use</c>, <c>worst</c>.</summary>
/// <param name="ProcessStarted">When the transport process started, by its own clock; null when not told.</param>
public sealed record BackPressureFact(ServerName Server, IReadOnlyList<ResourceMeter> Meters, DateTimeOffset? ProcessStarted) : Fact
{
    /// <summary>The highest use; Unknown when a meter is unknown and none is higher than Medium.</summary>
    public ResourceUse Worst => Meters.Any(meter => meter.Use == ResourceUse.High) ? ResourceUse.High
        : Meters.Count == 0 || Meters.Any(meter => meter.Use == ResourceUse.Unknown) ? ResourceUse.Unknown
        : Meters.Max(meter => meter.Use);

    public override string? Value(string path)
    {
        if (path == "worst")
            return Worst == ResourceUse.Unknown ? null : Worst.ToString();
        var (name, part) = Split(path);
        var meters = Meters.Where(meter => meter.Resource.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return part == "use" && meters.Count > 0 && meters.All(meter => meter.Use != ResourceUse.Unknown)
            ? meters.Max(meter => meter.Use).ToString()
            : null;
    }
}
