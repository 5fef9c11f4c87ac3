global using SearchCluster.Search.Searches;
