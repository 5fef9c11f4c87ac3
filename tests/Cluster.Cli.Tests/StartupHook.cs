// Loaded into a process of the tool by DOTNET_STARTUP_HOOKS, which asks for exactly this name in no namespace.
#pragma warning disable CA1050 // see above
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>Names the file that gets the names of all assemblies the process has loaded when it ends.</summary>
    public const string FileVariable = "SEARCHCLUSTER_TEST_ASSEMBLIES";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(
        Environment.GetEnvironmentVariable(FileVariable)!,
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!));
}
