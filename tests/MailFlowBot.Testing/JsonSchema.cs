using System.Diagnostics;

namespace MailFlowBot.Testing;

/// <summary>Checks JSON against a published schema. Needs Node.js, and `npm ci` in the folder Schemas, which the build runs.</summary>
public static class JsonSchema
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Schemas");

    /// <summary>Why nothing can be checked here; null when it can.</summary>
    public static string? Missing { get; } =
        Directory.Exists(Path.Combine(Folder, "node_modules", "ajv")) ? null : "Node.js and the schema validator are not there: install Node.js and build again.";

    /// <param name="documents">JSON documents, each to be valid for itself.</param>
    /// <returns>A line for each breach, which begins with the number of its document; none when all are valid.</returns>
    public static async Task<IReadOnlyList<string>> BreachesAsync(string schemaFile, params IEnumerable<string> documents)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "validate.mjs"), schemaFile])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = node.StandardOutput.ReadToEndAsync();
        var failed = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync($"[{string.Join(",", documents)}]");
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0)
            throw new InvalidOperationException($"The validator ended with {node.ExitCode}: {await failed}");
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
