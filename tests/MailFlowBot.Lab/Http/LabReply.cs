using System.Text;

namespace MailFlowBot.Lab.Http;

/// <summary>An answer before it is written, or encrypted.</summary>
internal sealed record LabReply(int Status, ReadOnlyMemory<byte> Body)
{
    public const string Soap = "application/soap+xml;charset=UTF-8";

    public string ContentType { get; init; } = Soap;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static LabReply Empty(int status, params (string Name, string Value)[] headers) =>
        new(status, ReadOnlyMemory<byte>.Empty) { ContentType = "", Headers = headers };

    public static LabReply Page(int status, string title) =>
        new(status, Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"))
        {
            ContentType = "text/html; charset=utf-8",
        };
}
