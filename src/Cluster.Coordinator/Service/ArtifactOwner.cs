using System.Security.Cryptography;
using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Coordinator.Service;

/// <summary>A mark in a folder of artifacts that tells whose it is: two clusters in one folder would write each other's models.</summary>
internal static class ArtifactOwner
{
    private const string Name = "owner";

    /// <summary>Takes a folder that is nobody's, or finds that it is this cluster's; all its coordinators share the token.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="token">Of the cluster; its hash is written.</param>
    /// <returns>Why it cannot be used; null when it can.</returns>
    public static string? Refusal(string folder, string token)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("artifacts of " + token)));
        var file = Path.Combine(folder, Name);
        try
        {
            Directory.CreateDirectory(folder);
            return WholeFile.TryCreate(file, Encoding.UTF8.GetBytes(mark + "\n")) || File.ReadAllText(file).Trim() == mark
                ? null
                : $"The folder for artifacts {folder} is another cluster's, whose models would be overwritten. Give each cluster a folder "
                    + $"of its own (--artifacts); where this one got a new token, delete {file}.";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"The folder for artifacts {folder} cannot be used: {refused.Message} Give another with --artifacts, or the right to "
                + "write there.";
        }
    }
}
