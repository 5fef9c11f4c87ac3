using System.Runtime.InteropServices;

namespace SearchCluster.Cli.Terminal;

/// <summary>Keeps standard output for the product's own documents: what native libraries and child programs print, which know the
/// descriptor and no .NET stream, goes to standard error.</summary>
/// <remarks>
/// <see cref="Console.OpenStandardOutput()"/> has a copy of the descriptor, which children do not inherit; so after it was called
/// descriptor 1 may lead elsewhere. On Windows the C runtime of a library has its own copy of the handle, and nothing is changed.
/// </remarks>
internal static class NativeOutput
{
    private const int Output = 1;
    private const int Error = 2;
    private const int GetFlags = 1;
    private const int ClosesOnExec = 1;

    /// <summary>Sends descriptor 1 to standard error, or nowhere where that is closed. To be called once, after the streams are open and
    /// the console was asked for its width.</summary>
    public static void SendToError()
    {
        if (OperatingSystem.IsWindows() || !IsInherited(Output))
        {
            return;
        }

        if (IsInherited(Error))
        {
            _ = Duplicate(Error, Output);
            return;
        }

        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        _ = Duplicate((int)nowhere.DangerousGetHandle(), Output);
    }

    // A descriptor that was closed when the process began may be any file of the runtime by now, which sets this flag as it opens one;
    // one that was inherited cannot have it.
    private static bool IsInherited(int descriptor) => Control(descriptor, GetFlags) is >= 0 and var flags && (flags & ClosesOnExec) == 0;

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);
}
