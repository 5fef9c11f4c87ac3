namespace SearchCluster.Cli.Client;

/// <summary>Who answers at the coordinator's address does not show that it is the coordinator.</summary>
internal sealed class UntrustedException(string message, Exception inner) : HttpRequestException(message, inner);

/// <summary>The coordinator ends the connection because of the certificate of this machine.</summary>
internal sealed class RevokedException(string message, Exception inner) : HttpRequestException(message, inner);
