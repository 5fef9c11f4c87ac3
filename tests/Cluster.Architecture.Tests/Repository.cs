using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>The checked-out repository these tests were built from.</summary>
internal static class Repository
{
    public static string Root => RepositoryFiles.Root;

    public static string SourceFolder => RepositoryFiles.PathOf("src");
}
