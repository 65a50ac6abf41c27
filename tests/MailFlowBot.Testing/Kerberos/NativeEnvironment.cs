using System.Runtime.InteropServices;

namespace MailFlowBot.Testing.Kerberos;

/// <summary>The environment that native libraries see. On Unix .NET keeps a copy of its own.</summary>
internal static partial class NativeEnvironment
{
    public static void Set(string name, string value)
    {
        if (SetVariable(name, value, 1) != 0)
            throw new InvalidOperationException($"{name} cannot be set.");
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
