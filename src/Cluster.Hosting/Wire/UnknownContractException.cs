using System.Runtime.Serialization;

namespace SearchCluster.Hosting.Wire;

/// <summary>Something that is not a contract was to be written or read.</summary>
/// <remarks>A <see cref="SerializationException"/>, which Akka.Remote logs and drops without ending the association.</remarks>
/// <param name="message">Names the type or the manifest.</param>
public sealed class UnknownContractException(string message) : SerializationException(message);
