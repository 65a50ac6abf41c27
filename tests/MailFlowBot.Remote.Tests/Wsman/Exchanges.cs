using System.Text.Json;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>A request envelope and its answer, as recorded.</summary>
internal sealed record Exchange(string Request, string Response, JsonElement Origin);

/// <summary>Reads recorded HTTP bodies.</summary>
internal static class Exchanges
{
    /// <summary>Real WinRM hosts and another client; in the reference folder only.</summary>
    public static IReadOnlyList<string> CaptureNames =>
    [
        "client_copy_expand_vars", "client_copy_file", "client_copy_file_empty", "client_execute_cmd", "client_execute_cmd_environment",
        "client_execute_ps", "client_execute_ps_environment", "client_fetch_file_expand_vars", "client_fetch_file_fail_dir",
        "client_fetch_file_fail_missing", "client_fetch_file_hash_mismatch", "psrp_application_args", "psrp_clear_commands",
        "psrp_disconnected_commands", "psrp_error_failed", "psrp_get_command_metadata", "psrp_is_alive_invalid_selectors",
        "psrp_is_alive_other_wsman_error", "psrp_key_exchange_timeout", "psrp_long_running_cmdlet", "psrp_multiple_commands",
        "psrp_multiple_invocations", "psrp_nested_command", "psrp_no_profile", "psrp_pshost_methods",
        "psrp_pshost_raw_ui_mocked_methods", "psrp_reset_runspace_state", "psrp_reset_runspace_state_fail",
        "psrp_run_protocol_version_2.1", "psrp_run_protocol_version_2.3", "psrp_small_msg_size", "psrp_stream_output_invocation",
        "psrp_with_history", "psrp_with_input", "psrp_with_jea_configuration", "psrp_with_no_history", "winrs_environment",
        "winrs_extra_opts", "winrs_fail_poll_process", "winrs_noprofile", "winrs_operation_timeout", "winrs_send", "winrs_standard",
        "wsman_update_envelope_size_150", "wsman_update_envelope_size_4096", "wsman_update_envelope_size_500",
    ];

    public static JsonElement Capture(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(References.Path($"data/psrp/captures/wsman/test_{name}.json")));
        return document.RootElement.Clone();
    }

    public static IEnumerable<Exchange> Of(JsonElement capture)
    {
        foreach (var message in capture.GetProperty("messages").EnumerateArray())
            yield return new Exchange(Text(message, "request"), Text(message, "response"), message);
    }

    /// <summary>Bodies recorded here: requests and responses in turn.</summary>
    public static IReadOnlyList<Exchange> Recorded(string name)
    {
        var carried = Path.Combine(References.Root, "tests", "Conversations", "psrp", "wsman", name + ".jsonl");
        var lines = File.ReadAllLines(File.Exists(carried) ? carried : References.Path($"data/psrp/wsman/{name}.jsonl"));
        var exchanges = new List<Exchange>();
        string? request = null;
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var xml = json.RootElement.GetProperty("xml").GetString()!;
            if (json.RootElement.GetProperty("dir").GetString() == "req")
                request = xml;
            else
                exchanges.Add(new Exchange(request!, xml, json.RootElement.Clone()));
        }

        return exchanges;
    }

    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;
}
