using System.Runtime.InteropServices;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>Sets environment variables that native libraries read when they are loaded.</summary>
/// <remarks>On Unix .NET keeps an environment of its own: what it sets, <c>getenv</c> does not see, so libc is called as well.</remarks>
internal static class NativeEnvironment
{
    /// <summary>One thread per operation for libgomp, and GPU numbers in the order that the driver's tool uses.
    /// What the user has set stays.</summary>
    public static void PrepareForLibtorch()
    {
        SetDefault("OMP_NUM_THREADS", "1");
        SetDefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    }

    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null)
        {
            return;
        }

        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows() && SetEnv(name, value, 0) != 0)
        {
            throw new InvalidOperationException(
                $"The environment variable {name} could not be set (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [DllImport("libc", EntryPoint = "setenv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnv(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
