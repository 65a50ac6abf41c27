using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MailFlowBot.Lab.Authentication;

/// <summary>
/// Asks MIT's GSS library whether a token is bound to a TLS channel: .NET's own acceptor on Linux does not look at it. The context
/// made for it is thrown away; that the same token is then accepted a second time needs a realm without a replay cache.
/// </summary>
internal static class BoundContext
{
    // GSS_C_CHANNEL_BOUND_FLAG of MIT krb5 1.19 and later: the client sent bindings, and they fit.
    private const uint BoundFlag = 0x800;
    private const string Library = "libgssapi_krb5.so.2";

    /// <summary>False when the client sent no binding, or that of another channel.</summary>
    public static bool Is(byte[] token, TlsBinding binding)
    {
        var pinnedToken = GCHandle.Alloc(token, GCHandleType.Pinned);
        var pinnedBinding = GCHandle.Alloc(binding.ApplicationData, GCHandleType.Pinned);
        try
        {
            var input = new Piece((nuint)token.Length, pinnedToken.AddrOfPinnedObject());
            var bindings = new Bindings { Application = new Piece((nuint)binding.ApplicationData.Length, pinnedBinding.AddrOfPinnedObject()) };
            nint context = 0;
            var major = Accept(out _, ref context, 0, in input, in bindings, 0, 0, out var output, out var flags, 0, 0);
            _ = Release(out _, ref output);
            if (context != 0)
                _ = Delete(out _, ref context, 0);
            return major >> 16 == 0 && (flags & BoundFlag) != 0;
        }
        finally
        {
            pinnedToken.Free();
            pinnedBinding.Free();
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport(Library, EntryPoint = "gss_accept_sec_context")]
    private static extern uint Accept(
        out uint minor, ref nint context, nint credential, in Piece token, in Bindings bindings, nint source, nint mechanism, out Piece answer,
        out uint flags, nint time, nint delegated);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport(Library, EntryPoint = "gss_release_buffer")]
    private static extern uint Release(out uint minor, ref Piece buffer);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport(Library, EntryPoint = "gss_delete_sec_context")]
    private static extern uint Delete(out uint minor, ref nint context, nint output);

    /// <summary>gss_buffer_desc (RFC 2744 3.2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Piece(nuint Length, nint Value);

    /// <summary>gss_channel_bindings_struct (RFC 2744 3.11).</summary>
    [StructLayout(LayoutKind.Sequential)]
    [SuppressMessage("Performance", "CA1823:Avoid unused private fields", Justification = "The layout is the library's.")]
    private struct Bindings
    {
        public uint InitiatorType;
        public Piece Initiator;
        public uint AcceptorType;
        public Piece Acceptor;
        public Piece Application;
    }
}
