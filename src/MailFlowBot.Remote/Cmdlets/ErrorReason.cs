using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>What an error of an endpoint means for a read. Decided on ids and categories: messages are translated.</summary>
internal static class ErrorReason
{
    // Role-based access hides what an account may not use: a cmdlet, or a parameter of it, that should exist does not.
    private static readonly string[] Hidden =
        ["CommandNotFoundException", "NamedParameterNotFound", "AmbiguousParameterSet", "ParameterArgumentValidationError"];

    public static NotSeenReason Of(ErrorRecord error)
    {
        var id = error.FullyQualifiedErrorId;
        return Hidden.Any(hidden => id.StartsWith(hidden, StringComparison.OrdinalIgnoreCase))
            || error.Category is ErrorCategory.PermissionDenied or ErrorCategory.SecurityError or ErrorCategory.AuthenticationError
            ? NotSeenReason.MissingRight
            : NotSeenReason.Failed;
    }

    /// <summary>Its message on one line and not too long, with the id that people search for.</summary>
    public static string Detail(ErrorRecord error)
    {
        var message = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return message.Length > 400 ? message[..400] + "…" : message.Length > 0 ? message : error.FullyQualifiedErrorId;
    }
}
