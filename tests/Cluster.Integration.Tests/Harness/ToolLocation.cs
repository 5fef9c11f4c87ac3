namespace SearchCluster.Integration.Tests.Harness;

/// <summary>The built tool: the project reference builds it beside this test program's own folder.</summary>
internal static class ToolLocation
{
    /// <summary>For example <c>artifacts/bin/Cluster.Cli/release/searchcluster</c>.</summary>
    public static string File { get; } = Find();

    /// <summary>The repository's folder, for its examples.</summary>
    public static string Repository { get; } = FindRepository();

    private static string Find()
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var file = Path.GetFullPath(Path.Combine(
            own, "..", "..", "Cluster.Cli", Path.GetFileName(own), OperatingSystem.IsWindows() ? "searchcluster.exe" : "searchcluster"));
        return System.IO.File.Exists(file) ? file : throw new FileNotFoundException($"The tool was not built: {file} is missing.");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "SearchCluster.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SearchCluster.sln.");
    }
}
